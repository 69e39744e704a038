package td

import (
	"fmt"
	"os"
	"testing"

	"tdjson/internal/testdc"
)

// TestRealThroughProxies: TDLib itself logs in through the proxies that the tests here use, so what they ask of a client is what TDLib
// does. TDJSON_REAL names its library, see TestScenarios.
func TestRealThroughProxies(t *testing.T) {
	real := os.Getenv("TDJSON_REAL")
	if real == "" {
		t.Skip("TDJSON_REAL does not name TDLib's library")
	}
	const key = "00112233445566778899aabbccddeeff"
	for name, secret := range map[string]string{"plain": key, "padded": "dd" + key, "cloaked": "ee" + key + "6578616d706c652e6f7267", "http": ""} {
		t.Run(name, func(t *testing.T) {
			s := startServer(t, testdc.Options{Proxy: true})
			through := newMTProtoProxy(t, s, "dd"+key)
			kind := `{"@type":"proxyTypeHttp","http_only":true}`
			where := `$proxy_port`
			if secret != "" {
				through = newMTProtoProxy(t, s, secret)
				kind = fmt.Sprintf(`{"@type":"proxyTypeMtproto","secret":%q}`, secret)
				where = fmt.Sprint(through.port())
			}
			p := newPlayer(t, startBridge(t, real, s), s)
			for _, line := range []string{
				`client a`,
				`a > {"@type":"setTdlibParameters","use_test_dc":true,"database_directory":"$db_a","api_id":94575,"api_hash":"a3406de8d171bb422bb6ddf3bbd800e2",` +
					`"system_language_code":"en","device_model":"D","application_version":"1"}`,
				`a = {"@type":"ok"}`,
				`a > {"@type":"addProxy","enable":true,"proxy":{"@type":"proxy","server":"127.0.0.1","port":` + where + `,"type":` + kind + `}}`,
				`a = {"@type":"addedProxy"}`,
				`a < {"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitPhoneNumber"}}`,
				`a > {"@type":"setAuthenticationPhoneNumber","phone_number":"+15550001111"}`,
				`a = {"@type":"ok"}`,
				`a < {"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateWaitCode"}}`,
				`a > {"@type":"checkAuthenticationCode","code":"12345"}`,
				`a = {"@type":"ok"}`,
				`a < {"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateReady"}}`,
				`a > {"@type":"getActiveSessions"}`,
				`a = {"@type":"sessions"}`,
				`close a`,
			} {
				if err := p.do(line); err != nil {
					t.Fatalf("%s: %v", line, err)
				}
			}
			p.end()
			if secret != "" && through.passed.Load() == 0 {
				t.Error("the proxy is not used")
			}
		})
	}
}
