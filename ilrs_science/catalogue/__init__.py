"""What the station could do: frozen records of sites, orbits, instruments, experiments, stations and campaigns."""
