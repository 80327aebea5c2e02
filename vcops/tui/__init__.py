"""The screens. They show, ask and announce; what happens is done by `vcops.operations`. Read docs/screens.md first."""
