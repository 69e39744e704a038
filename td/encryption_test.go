package td

import (
	"strings"
	"testing"

	"tdjson/internal/testdc"
)

// TestSetDatabaseEncryptionKey changes the key of a session, which then opens with this key alone.
func TestSetDatabaseEncryptionKey(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.start(dir)
	c.fails(401, "Unauthorized", `{"@type":"setDatabaseEncryptionKey","new_encryption_key":"a2V5"}`)
	c.login("+15550001234")
	c.must("ok", `{"@type":"setDatabaseEncryptionKey","new_encryption_key":"a2V5"}`)
	c.must("user", `{"@type":"getMe"}`)
	c.close()

	c = p.client()
	c.fails(401, "Wrong database encryption key", "%s", parametersFor(dir))
	c.must("ok", "%s", strings.TrimSuffix(parametersFor(dir), "}")+`,"database_encryption_key":"a2V5"}`)
	c.state("authorizationStateReady")
	c.must("ok", `{"@type":"setDatabaseEncryptionKey"}`)
	c.close()

	c = p.start(dir)
	c.state("authorizationStateReady")
	c.close()
}
