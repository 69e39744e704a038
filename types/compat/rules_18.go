package compat

func changes18() []change { return nil }
