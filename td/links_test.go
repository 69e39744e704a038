package td

import (
	"testing"

	"tdjson/internal/testdc"
)

// TestLinksAndOptions: what the server says about links counts as soon as it is known.
func TestLinksAndOptions(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.must("httpUrl", `{"@type":"getInternalLink","is_http":true,"type":{"@type":"internalLinkTypeGame","bot_username":"a","game_short_name":"abc"}}`)
	c.fails(404, "Not Found", `{"@type":"getInternalLinkType","link":"https://example.com/durov"}`)
	c.wait("option t_me_url", func(o object) bool { return o.kind() == "updateOption" && o.text("name") == "t_me_url" })
	c.must("internalLinkTypePublicChat", `{"@type":"getInternalLinkType","link":"https://t.me%%2F/durov"}`)
	start := c.must("internalLinkTypeBotStart", `{"@type":"getInternalLinkType","link":"https://t.me/bot?start=x"}`)
	if start.at("autostart") != false {
		t.Errorf("a bot that is not known starts by itself: %v", start)
	}
	c.close()
}
