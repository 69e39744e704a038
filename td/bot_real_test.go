package td

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"tdjson/internal/testdc"
)

// TestRealBot: TDLib itself as a bot takes what the local Telegram tells it of people: as it happens, lost, twice, in another order, and
// while it was away. TDJSON_REAL names its library, see TestScenarios.
func TestRealBot(t *testing.T) {
	real := os.Getenv("TDJSON_REAL")
	if real == "" {
		t.Skip("TDJSON_REAL does not name TDLib's library")
	}
	s := startServer(t, testdc.Options{Proxy: true})
	p := newPlayer(t, startBridge(t, real, s), s)
	play := func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			if err := p.do(line); err != nil {
				p.end()
				t.Fatalf("%s: %v", line, err)
			}
		}
	}
	act := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const bot, who, other = 778001, "15550020701", "15550020702"
	name := fmt.Sprint(bot)
	parameters := `{"@type":"setTdlibParameters","use_test_dc":true,"database_directory":"$db_a","use_message_database":true,"use_chat_info_database":true,` +
		`"api_id":94575,"api_hash":"a3406de8d171bb422bb6ddf3bbd800e2","system_language_code":"en","device_model":"D","application_version":"1"}`
	member := func(client, old, now string) string {
		return fmt.Sprintf(`%s < {"@type":"updateChatMember","old_chat_member":{"status":{"@type":"chatMemberStatus%s"}},"new_chat_member":{"status":{"@type":"chatMemberStatus%s"}}}`, client, old, now)
	}
	play(
		`client a`, `a > `+parameters, `a = {"@type":"ok"}`,
		`a > {"@type":"addProxy","enable":true,"proxy":{"@type":"proxy","server":"$proxy_host","port":$proxy_port,"type":{"@type":"proxyTypeSocks5","username":"","password":""}}}`,
		`a = {"@type":"addedProxy"}`,
		`a < {"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitPhoneNumber"}}`,
		fmt.Sprintf(`a > {"@type":"checkAuthenticationBotToken","token":"%d:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`, bot), `a = {"@type":"ok"}`,
		`a < {"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateReady"}}`,
	)
	waitCalls(t, s, "updates.getState", 1)
	// As it happens.
	act(s.Block(who, name, true))
	play(member("a", "Member", "Banned"))
	group := s.NewChat("group", "Group", who, name)
	play(member("a", "Left", "Member"))
	channel := s.NewChat("channel", "News", who, name)
	play(member("a", "Left", "Member"))
	act(s.Promote(name, channel, true))
	play(member("a", "Member", "Administrator"))
	act(s.Promote(name, group, true))
	play(member("a", "Member", "Administrator"))
	act(s.Join(other, channel))
	play(member("a", "Left", "Member"))
	act(s.AskToJoin("15550020703", channel))
	play(`a < {"@type":"updateNewChatJoinRequest"}`)
	if _, err := s.Say(who, channel, "post"); err != nil {
		t.Fatal(err)
	}
	act(s.React(other, channel, "👍"))
	play(`a < {"@type":"updateMessageReactions"}`)
	// Lost: the next one shows the gap.
	s.WithholdUpdates(name, 1)
	act(s.Block(who, name, false))
	act(s.Leave(other, channel))
	play(member("a", "Banned", "Member"), member("a", "Member", "Left"))
	// Twice, and in another order.
	s.DoubleUpdates(name, 1)
	act(s.Buy(who, bot, "one"))
	s.SwapUpdates(name, 1)
	act(s.Buy(who, bot, "two"))
	act(s.Buy(who, bot, "three"))
	for _, payload := range []string{"one", "two", "three"} {
		play(fmt.Sprintf(`a < {"@type":"updatePaidMediaPurchased","payload":%q}`, payload))
	}
	play(`close a`)
	// While it was away.
	act(s.Join(other, channel))
	play(`client b`, `b > `+parameters, `b = {"@type":"ok"}`, member("b", "Left", "Member"), `close b`)
	p.end()
	var from []string
	for _, h := range s.Heard(0) {
		if h.Method == "updates.getDifference" {
			from = append(from, strings.Fields(h.Note)[3])
		}
	}
	if got := strings.Join(from, " "); got != "9, 14," {
		t.Errorf("asked for differences from qts %s want 9, 14,", got)
	}
}
