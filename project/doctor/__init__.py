"""Looks at a platform and says in one line each what is well, what is worth a look, and what has to be mended, and how."""

from project.doctor.findings import Finding, Level
from project.doctor.visit import visit

__all__ = ["Finding", "Level", "visit"]
