[parked] channel ${channel}: ${error.message}
