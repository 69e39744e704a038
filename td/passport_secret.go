package td

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"slices"

	"github.com/gotd/td/tg"
)

// The secret of Telegram Passport is sealed with the account's password, so it has to be sealed anew when that changes.
const (
	passportSecretSize = 32
	passportSalt       = 32     // bytes that a client adds to the salt that the server proposes
	passportRounds     = 100000 // of PBKDF2
	passportSum        = 239    // of the bytes of every secret, modulo 255
)

// keepPassport seals the secret of who has a passport with the new password. A passport ends with the password.
func (c *Client) keepPassport(to *tg.AccountPasswordInputSettings, p *tg.AccountPassword, old *tg.AccountPasswordSettings, oldPassword, password string) error {
	if old == nil || password == "" {
		return nil
	}
	sealed, ok := old.GetSecureSettings()
	algorithm, known := p.NewSecureAlgo.(*tg.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000)
	if !ok || !known {
		return nil
	}
	salt := make([]byte, len(algorithm.Salt)+passportSalt)
	copy(salt, algorithm.Salt)
	if _, err := rand.Read(salt[len(algorithm.Salt):]); err != nil {
		return err
	}
	var secret []byte
	c.await(func() {
		if secret = openPassportSecret(sealed, oldPassword); secret != nil {
			to.SetNewSecureSettings(sealPassportSecret(secret, password, salt))
		}
	})
	return nil
}

// openPassportSecret decrypts a secret; nil when it can't be.
func openPassportSecret(s tg.SecureSecretSettings, password string) []byte {
	if len(s.SecureSecret) != passportSecretSize {
		return nil
	}
	var seed []byte
	switch a := s.SecureAlgo.(type) {
	case *tg.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000:
		seed = passportSeed(password, a.Salt)
	case *tg.SecurePasswordKdfAlgoSHA512:
		sum := sha512.Sum512(slices.Concat(a.Salt, []byte(password), a.Salt))
		seed = sum[:]
	default:
		return nil
	}
	secret := make([]byte, passportSecretSize)
	block, iv := passportCipher(seed)
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(secret, s.SecureSecret)
	sum := 0
	for _, b := range secret {
		sum += int(b)
	}
	if sum%255 != passportSum || passportSecretID(secret) != s.SecureSecretID {
		return nil
	}
	return secret
}

// sealPassportSecret encrypts a secret with a password.
func sealPassportSecret(secret []byte, password string, salt []byte) tg.SecureSecretSettings {
	sealed := make([]byte, len(secret))
	block, iv := passportCipher(passportSeed(password, salt))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(sealed, secret)
	return tg.SecureSecretSettings{
		SecureAlgo:   &tg.SecurePasswordKdfAlgoPBKDF2HMACSHA512iter100000{Salt: salt},
		SecureSecret: sealed, SecureSecretID: passportSecretID(secret),
	}
}

func passportSeed(password string, salt []byte) []byte {
	seed, err := pbkdf2.Key(sha512.New, password, salt, passportRounds, sha512.Size)
	if err != nil {
		panic(err) // only for lengths that are not asked for
	}
	return seed
}

func passportCipher(seed []byte) (cipher.Block, []byte) {
	block, err := aes.NewCipher(seed[:32])
	if err != nil {
		panic(err) // only for other lengths
	}
	return block, seed[32 : 32+aes.BlockSize]
}

func passportSecretID(secret []byte) int64 {
	sum := sha256.Sum256(secret)
	return int64(binary.LittleEndian.Uint64(sum[:]))
}
