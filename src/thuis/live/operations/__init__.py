"""What an administrator needs: health, copies, export and erasure, the register of fields."""
