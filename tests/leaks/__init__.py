"""Nothing of what somebody may not see reaches them, in any form."""
