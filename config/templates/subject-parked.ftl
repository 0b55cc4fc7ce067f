[parked] channel ${channel}: ${reason}
