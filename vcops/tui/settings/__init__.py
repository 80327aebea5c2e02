"""Settings: who works, language, colours, the office, its tariff, where the data lie."""
