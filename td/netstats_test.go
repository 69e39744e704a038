package td

import (
	"testing"

	"tdjson/internal/testdc"
)

// stats finds an entry of the network's statistics by its kinds.
func (c *peer) stats(current bool, what, network string) object {
	c.t.Helper()
	for _, e := range c.must("networkStatistics", `{"@type":"getNetworkStatistics","only_current":%t}`, current).objects("entries") {
		kind := e.text("file_type", "@type")
		if kind == "" {
			kind = "call"
		}
		if kind == what && e.text("network_type", "@type") == network {
			return e
		}
	}
	return object{}
}

// TestNetworkStatistics: what goes over the network is counted by its kind, and kept.
func TestNetworkStatistics(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p, dir := newProgram(t, s), t.TempDir()
	c := p.start(dir)
	c.connection("connectionStateReady")
	c.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkTypeWiFi"}}`)
	before := c.stats(true, "fileTypeNone", "networkTypeOther")
	if before.number("sent_bytes") < 100 || before.number("received_bytes") < 100 {
		t.Errorf("a key was made with %v", before)
	}
	c.must("text", `{"@type":"getCountryCode"}`)
	if e := c.stats(true, "fileTypeNone", "networkTypeWiFi"); e.number("sent_bytes") == 0 || e.number("received_bytes") == 0 {
		t.Errorf("a call is counted as %v", e)
	}
	if e := c.stats(true, "fileTypeNone", "networkTypeOther"); e.number("sent_bytes") != before.number("sent_bytes") {
		t.Errorf("another network has %v, then %v", before, e)
	}
	c.must("ok", `{"@type":"addNetworkStatistics","entry":{"@type":"networkStatisticsEntryCall","sent_bytes":5,"duration":1.5}}`)
	c.close()

	c = p.start(dir)
	c.state("authorizationStateWaitPhoneNumber")
	if e := c.stats(false, "call", "networkTypeOther"); e.number("sent_bytes") != 5 || e.at("duration") != 1.5 {
		t.Errorf("after a restart: %v", e)
	}
	if e := c.stats(true, "call", "networkTypeOther"); e.kind() != "" {
		t.Errorf("this run has %v", e)
	}
	c.must("ok", `{"@type":"addNetworkStatistics","entry":{"@type":"networkStatisticsEntryCall","sent_bytes":2,"duration":1}}`)
	if e := c.stats(false, "call", "networkTypeOther"); e.number("sent_bytes") != 7 || e.at("duration") != 2.5 {
		t.Errorf("both runs have %v", e)
	}
	c.must("ok", `{"@type":"resetNetworkStatistics"}`)
	if e := c.stats(false, "call", "networkTypeOther"); e.kind() != "" {
		t.Errorf("after a reset: %v", e)
	}
}

// TestByteCounterStores: much traffic is stored before the client is closed.
func TestByteCounterStores(t *testing.T) {
	full := 0
	b := byteCounter{full: func() { full++ }}
	for range 3 {
		b.add(&b.sent, storeAt/2)
		b.add(&b.received, 1)
	}
	if full != 1 || b.sent.Load() != 3*storeAt/2 || b.received.Load() != 3 {
		t.Errorf("stored %d times, sent %d, received %d", full, b.sent.Load(), b.received.Load())
	}
}
