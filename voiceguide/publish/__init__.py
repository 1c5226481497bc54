"""What a pack shows to people and to other programs: the player's page, and what stands beside it."""
