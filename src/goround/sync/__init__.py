"""How do two replicas become equal? A conversation without I/O, and carriers."""
