"""Stage 3: text to vector. The only folder that may import torch or transformers."""
