"""What an application needs that lets people in whom a provider knows: a relying party."""
