"""The settings of this machine, as a person sees and changes them."""
