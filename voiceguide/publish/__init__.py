"""What a finished pack publishes: a player's page, a feed, a plan, cue sheets, and what two builds differ in."""
