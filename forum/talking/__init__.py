"""What makes posts a conversation: answers to one another, mentions, reactions, what somebody keeps for later."""
