"""What an administrator needs: health, copies and their return, export and erasure, the register of fields."""
