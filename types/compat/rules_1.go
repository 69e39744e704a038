package compat

func changes1() []change { return nil }
