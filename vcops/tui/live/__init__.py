"""Live: the meeting that runs. The key stamps the time at once; the words follow."""
