"""What a page costs somebody on a cheap phone and a slow network: bytes, and Lighthouse's opinion."""
