"""The pages that everybody may see: front, a tenant's, a game's entrance, its big screen and its proof."""
