package td

import (
	"bytes"
	"testing"

	"github.com/gotd/td/tg"
)

// TestPassportSecret seals a secret with a password and then with another one.
func TestPassportSecret(t *testing.T) {
	t.Parallel()
	secret := bytes.Repeat([]byte{1}, passportSecretSize)
	secret[0] = passportSum - (passportSecretSize - 1) // so that the sum is right
	first := sealPassportSecret(secret, "one", []byte("salt"))
	if bytes.Equal(first.SecureSecret, secret) {
		t.Error("the secret is not sealed")
	}
	if got := openPassportSecret(first, "one"); !bytes.Equal(got, secret) {
		t.Errorf("opened %x", got)
	}
	if got := openPassportSecret(first, "two"); got != nil {
		t.Errorf("opened %x with a wrong password", got)
	}
	other := first
	other.SecureSecretID++
	if openPassportSecret(other, "one") != nil {
		t.Error("opened a secret that is another one")
	}
	for _, bad := range []tg.SecureSecretSettings{{}, {SecureSecret: first.SecureSecret, SecureAlgo: &tg.SecurePasswordKdfAlgoUnknown{}}} {
		if openPassportSecret(bad, "one") != nil {
			t.Errorf("opened %+v", bad)
		}
	}
}
