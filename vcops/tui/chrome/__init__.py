"""What stands around the places: header, navigation, footer."""
