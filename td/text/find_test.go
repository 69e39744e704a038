package text

import "testing"

func BenchmarkFindEntities(b *testing.B) {
	plain := ""
	for len(plain) < 200 {
		plain += "Hello plain text without anything in it "
	}
	for name, s := range map[string]string{
		"plain": plain[:200],
		"sentences": "This is one sentence. And there is another one. They end with dots. So what is it that we look for? It is nothing. " +
			"Nothing to be found here. Nothing at all. And so it ends.",
		"rich":     "Hi @username, see https://telegram.org/blog?a=1#b and mail@example.com or t.me/durov, #hashtag $USD /start@bot 4111111111111111 at 1:23:45 tg://resolve?domain=x",
		"cyrillic": "Привет, это обычный текст без ничего. В нём есть предложения. Они заканчиваются точками. Вот так и бывает с текстами.",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			var dst []Entity
			for b.Loop() {
				dst = FindEntities(dst[:0], s, 0)
			}
		})
	}
}
