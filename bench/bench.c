// Measures any libtdjson: cc -O2 -o bench bench.c -ldl -lpthread && ./bench LIBTDJSON load|exec|async|start|mem [N]
// Every line that it prints is a JSON object. compare.py runs it for two libraries in turn.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int (*create_id)(void);
static void (*tsend)(int, const char *);
static const char *(*trecv)(double);
static const char *(*texec)(const char *);

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static double cpu(void) {
  struct rusage r;
  getrusage(RUSAGE_SELF, &r);
  return r.ru_utime.tv_sec + r.ru_stime.tv_sec + (r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

// proc_kb is a number of a file in /proc, by the word at the beginning of its line.
static long proc_kb(const char *path, const char *word) {
  FILE *f = fopen(path, "r");
  char line[256];
  long value = -1;
  size_t n = strlen(word);
  if (!f)
    return -1;
  while (value < 0 && fgets(line, sizeof line, f))
    if (!strncmp(line, word, n))
      value = atol(line + n + 1);
  fclose(f);
  return value;
}

static long stat_kb(const char *word) { return proc_kb("/proc/self/status", word); }

static long rollup_kb(const char *word) { return proc_kb("/proc/self/smaps_rollup", word); }

static int nthreads(void) { return (int)stat_kb("Threads:"); }

static int nfds(void) {
  DIR *d = opendir("/proc/self/fd");
  int n = 0;
  while (readdir(d))
    n++;
  closedir(d);
  return n - 3;
}

static void mem(const char *w, int n) {
  printf("{\"test\":\"mem\",\"when\":\"%s\",\"clients\":%d,\"rss_kb\":%ld,\"rss_anon_kb\":%ld,\"rss_file_kb\":%ld,"
         "\"private_dirty_kb\":%ld,\"hwm_kb\":%ld,\"vsz_kb\":%ld,\"threads\":%d,\"fds\":%d}\n",
         w, n, stat_kb("VmRSS:"), stat_kb("RssAnon:"), stat_kb("RssFile:"), rollup_kb("Private_Dirty:"),
         stat_kb("VmHWM:"), stat_kb("VmSize:"), nthreads(), nfds());
  fflush(stdout);
}

static int cmp(const void *a, const void *b) {
  double x = *(double *)a, y = *(double *)b;
  return x < y ? -1 : x > y;
}

static void exec_bench(const char *name, const char *q, double secs) {
  for (int i = 0; i < 200; i++)
    texec(q);
  double t = now(), c = cpu(), e = t + secs;
  long n = 0;
  while (now() < e) {
    for (int i = 0; i < 50; i++)
      texec(q);
    n += 50;
  }
  double d = now() - t;
  printf(
      "{\"test\":\"execute\",\"name\":\"%s\",\"n\":%ld,\"per_s\":%.0f,\"us_per_call\":%.3f,\"cpu_us_per_call\":%.3f}\n",
      name, n, n / d, d / n * 1e6, (cpu() - c) / n * 1e6);
  fflush(stdout);
}
static const char *T200 = "Hello @durov, please have a look at https://telegram.org/faq#secret-chats and t.me/tdlib, "
                          "then tell me about #tdlib and $TON or write to mail@example.com /help me "
                          "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 +12025550123 4242424242424242 at 1:23 ok?";
static const char *PL =
    "The quick brown fox jumps over the lazy dog and then it goes away to sleep in the forest for a very long winter "
    "night, while nobody at all is watching it from the window of the old house on the hill ok";
static const char *HT =
    "<b>Hello</b> <i>world</i>, this is <a href=\\\"https://telegram.org/\\\">a link</a> and <code>some code</code>, a "
    "<u>line <s>that is</s> nested</u> and <tg-spoiler>hidden</tg-spoiler> &amp; more text to fill <pre>x</pre> it up.";

static void *exec_thr(void *a) {
  const char *q = a;
  long n = 0;
  double e = now() + 2;
  while (now() < e) {
    for (int i = 0; i < 20; i++)
      texec(q);
    n += 20;
  }
  return (void *)n;
}

static const char *wait_for(int c, const char *sub, double to) {
  double e = now() + to;
  while (now() < e) {
    const char *r = trecv(e - now());
    if (r && strstr(r, sub)) {
      char b[40];
      sprintf(b, "\"@client_id\":%d}", c);
      if (!c || strstr(r, b))
        return r;
    }
  }
  return 0;
}
static long drained;

static void drain(double t) {
  drained = 0;
  double e = now() + t;
  while (now() < e)
    if (trecv(e - now() > 0 ? e - now() : 0)) {
      drained++;
      e = now() + t;
    }
}

static const char *RQ[] = {
    "{\"@type\":\"testSquareInt\",\"x\":7,\"@extra\":%d}",
    "{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":%d}",
    "{\"@type\":\"testCallVectorIntObject\",\"x\":[{\"value\":1},{\"value\":2},{\"value\":3}],\"@extra\":%d}",
    "{\"@type\":\"testCallString\",\"x\":\"hello world, hello world, hello world\",\"@extra\":%d}"};
static const char *RN[] = {"testSquareInt", "getOption_version", "testCallVectorIntObject", "testCallString"};

static void lat(int c, int k, int n) {
  char q[256];
  double *v = malloc(n * sizeof *v);
  int m = 0;
  for (int i = 0; i < n; i++) {
    sprintf(q, RQ[k], i);
    double t = now();
    tsend(c, q);
    const char *r;
    double dl = t + 2;
    do
      r = trecv(1.0);
    while ((!r || !strstr(r, "\"@extra\":")) && now() < dl);
    if (!r)
      continue;
    v[m++] = now() - t;
  }
  qsort(v, m, sizeof *v, cmp);
  double s = 0;
  for (int i = 0; i < m; i++)
    s += v[i];
  if (m)
    printf("{\"test\":\"roundtrip1\",\"name\":\"%s\",\"n\":%d,\"lost\":%d,\"mean_us\":%.1f,\"p50_us\":%.1f,\"p90_us\":%"
           ".1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f}\n",
           RN[k], m, n - m, s / m * 1e6, v[m / 2] * 1e6, v[(int)(m * .9)] * 1e6, v[(int)(m * .99)] * 1e6,
           v[(int)(m * .999)] * 1e6, v[m - 1] * 1e6);
  fflush(stdout);
  free(v);
}

static void thr10k(int c, int k, int n) {
  char q[256];
  double t = now(), cp = cpu();
  for (int i = 0; i < n; i++) {
    sprintf(q, RQ[k], i);
    tsend(c, q);
  }
  double ts = now() - t;
  int m = 0;
  double dl = now() + 20;
  while (m < n && now() < dl) {
    const char *r = trecv(1.0);
    if (r && strstr(r, "\"@extra\":"))
      m++;
  }
  double d = now() - t;
  printf("{\"test\":\"outstanding\",\"name\":\"%s\",\"threads\":1,\"n\":%d,\"got\":%d,\"send_s\":%.4f,\"total_s\":%.4f,"
         "\"per_s\":%.0f,\"cpu_us_per_req\":%.2f}\n",
         RN[k], n, m, ts, d, m / d, (cpu() - cp) / n * 1e6);
  fflush(stdout);
}
static int gc, gk, gn;

static void *sender(void *a) {
  (void)a;
  char q[256];
  for (int i = 0; i < gn; i++) {
    sprintf(q, RQ[gk], i);
    tsend(gc, q);
  }
  return 0;
}

static void thr2(int c, int k, int n, int ns) {
  gc = c;
  gk = k;
  gn = n / ns;
  pthread_t p[8];
  double t = now(), cp = cpu();
  for (int i = 0; i < ns; i++)
    pthread_create(p + i, 0, sender, 0);
  int m = 0, tot = gn * ns;
  double dl = now() + 20;
  while (m < tot && now() < dl) {
    const char *r = trecv(1.0);
    if (r && strstr(r, "\"@extra\":"))
      m++;
  }
  for (int i = 0; i < ns; i++)
    pthread_join(p[i], 0);
  double d = now() - t;
  printf("{\"test\":\"outstanding\",\"name\":\"%s\",\"sender_threads\":%d,\"receiver_threads\":1,\"n\":%d,\"got\":%d,"
         "\"total_s\":%.4f,\"per_s\":%.0f,\"cpu_us_per_req\":%.2f}\n",
         RN[k], ns, tot, m, d, m / d, (cpu() - cp) / tot * 1e6);
  fflush(stdout);
}

static void setp(int c, const char *db) {
  char q[2048];
  sprintf(q,
          "{\"@type\":\"setTdlibParameters\",\"database_directory\":\"%s\",\"use_file_database\":true,\"use_chat_info_"
          "database\":true,\"use_message_database\":true,\"use_secret_chats\":true,\"api_id\":94575,\"api_hash\":"
          "\"a3406de8d171bb422bb6ddf3bbd800e2\",\"system_language_code\":\"en\",\"device_model\":\"Desktop\","
          "\"application_version\":\"1.0\",\"@extra\":\"set\"}",
          db);
  tsend(c, q);
}

static double init1(int c, const char *db) {
  double t = now();
  setp(c, db);
  const char *r = wait_for(c, "authorizationStateWaitPhoneNumber", 20);
  return r ? now() - t : -1;
}

static double close1(int c) {
  double t = now();
  tsend(c, "{\"@type\":\"close\"}");
  const char *r = wait_for(c, "authorizationStateClosed", 20);
  return r ? now() - t : -1;
}

static void stats(const char *test, double *v, int m) {
  qsort(v, m, sizeof *v, cmp);
  double s = 0;
  for (int i = 0; i < m; i++)
    s += v[i];
  printf("{\"test\":\"%s\",\"n\":%d,\"mean_ms\":%.2f,\"min_ms\":%.2f,\"p50_ms\":%.2f,\"max_ms\":%.2f}\n", test, m,
         s / m * 1e3, v[0] * 1e3, v[m / 2] * 1e3, v[m - 1] * 1e3);
  fflush(stdout);
}

int main(int ac, char **av) {
  if (ac < 3) {
    fprintf(stderr, "usage: bench lib (load|exec|async|mem N|start N)\n");
    return 1;
  }
  const char *lib = av[1], *w = av[2];
  int N = ac > 3 ? atoi(av[3]) : 0;
  char dir[256];
  sprintf(dir, "bench-db%d", getpid());
  double t = now();
  void *h = dlopen(lib, RTLD_NOW);
  double td = now() - t;
  if (!h) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  create_id = dlsym(h, "td_create_client_id");
  tsend = dlsym(h, "td_send");
  trecv = dlsym(h, "td_receive");
  texec = dlsym(h, "td_execute");
  t = now();
  texec("{\"@type\":\"setLogVerbosityLevel\",\"new_verbosity_level\":0}");
  double te = now() - t;
  char q[1024];
  if (!strcmp(w, "load")) {
    struct stat st;
    stat(lib, &st);
    t = now();
    texec("{\"@type\":\"getTextEntities\",\"text\":\"@durov\"}");
    double t2 = now() - t;
    printf("{\"test\":\"load\",\"so_bytes\":%ld,\"dlopen_ms\":%.3f,\"first_execute_us\":%.1f,\"second_execute_us\":%."
           "1f}\n",
           (long)st.st_size, td * 1e3, te * 1e6, t2 * 1e6);
    mem("after_load_and_first_execute", 0);
  } else if (!strcmp(w, "exec")) {
    exec_bench("getLogVerbosityLevel", "{\"@type\":\"getLogVerbosityLevel\"}", 2);
    exec_bench("getOption_version", "{\"@type\":\"getOption\",\"name\":\"version\"}", 1);
    exec_bench("error_unknown_class", "{\"@type\":\"nope\"}", 1);
    exec_bench("error_invalid_json", "{", 1);
    sprintf(q, "{\"@type\":\"getTextEntities\",\"text\":\"%s\"}", PL);
    exec_bench("getTextEntities_plain200", q, 2);
    sprintf(q, "{\"@type\":\"getTextEntities\",\"text\":\"%s\"}", T200);
    exec_bench("getTextEntities_rich200", q, 2);
    sprintf(q, "{\"@type\":\"parseTextEntities\",\"text\":\"%s\",\"parse_mode\":{\"@type\":\"textParseModeHTML\"}}",
            HT);
    exec_bench("parseTextEntities_html", q, 2);
    exec_bench("parseTextEntities_md2",
               "{\"@type\":\"parseTextEntities\",\"text\":\"*bold _italic bold ~italic bold strikethrough ||italic "
               "bold strikethrough spoiler||~ __underline italic bold___ bold* [inline URL](http://www.example.com/) "
               "`code`\",\"parse_mode\":{\"@type\":\"textParseModeMarkdown\",\"version\":2}}",
               2);
    exec_bench("parseMarkdown",
               "{\"@type\":\"parseMarkdown\",\"text\":{\"text\":\"**bold** and __italic__ and "
               "[link](https://telegram.org) and `code`\"}}",
               2);
    exec_bench("cleanFileName", "{\"@type\":\"cleanFileName\",\"file_name\":\"some/file: name?.tar.gz\"}", 1);
    exec_bench(
        "getPhoneNumberInfoSync",
        "{\"@type\":\"getPhoneNumberInfoSync\",\"language_code\":\"en\",\"phone_number_prefix\":\"79161234567\"}", 1);
    sprintf(q, "{\"@type\":\"getTextEntities\",\"text\":\"%s\"}", T200);
    pthread_t p[2];
    double a = now();
    for (int i = 0; i < 2; i++)
      pthread_create(p + i, 0, exec_thr, q);
    long n = 0;
    for (int i = 0; i < 2; i++) {
      void *r;
      pthread_join(p[i], &r);
      n += (long)r;
    }
    printf("{\"test\":\"execute\",\"name\":\"getTextEntities_rich200\",\"threads\":2,\"per_s\":%.0f}\n",
           n / (now() - a));
    mem("after_exec", 0);
  } else if (!strcmp(w, "async")) {
    int n = N ? N : 20000;
    int c = create_id();
    tsend(c, "{\"@type\":\"getAuthorizationState\",\"@extra\":1}");
    wait_for(c, "\"@extra\":1", 5);
    drain(0.3);
    mem("one_uninitialised_client", 1);
    for (int k = 0; k < 4; k++)
      lat(c, k, n);
    for (int r = 0; r < 3; r++)
      for (int k = 0; k < 4; k++)
        thr10k(c, k, 10000);
    for (int r = 0; r < 3; r++) {
      thr2(c, 0, 10000, 1);
      thr2(c, 0, 20000, 2);
      thr2(c, 2, 20000, 2);
    }
    mem("after_async", 1);
    double ct = close1(c);
    printf("{\"test\":\"close_uninitialised\",\"ms\":%.2f}\n", ct * 1e3);
  } else if (!strcmp(w, "mem")) {
    mem("after_load", 0);
    int *c = calloc(N + 1, sizeof(int));
    char d[300];
    double t0 = now(), cp = cpu();
    for (int i = 0; i < N; i++) {
      c[i] = create_id();
      sprintf(d, "%s_%d", dir, i);
      double x = init1(c[i], d);
      if (x < 0)
        printf("{\"test\":\"err\",\"i\":%d}\n", i);
    }
    double di = now() - t0;
    drain(1.5);
    printf("{\"test\":\"init_sequential\",\"clients\":%d,\"total_ms\":%.1f,\"cpu_ms\":%.1f}\n", N, di * 1e3,
           (cpu() - cp) * 1e3);
    mem("after_init_settled", N);
    cp = cpu();
    t = now();
    while (now() - t < 5)
      trecv(5 - (now() - t));
    double k = cpu() - cp;
    printf("{\"test\":\"idle_cpu\",\"clients\":%d,\"wall_s\":%.2f,\"cpu_ms_per_s\":%.2f}\n", N, now() - t,
           k / (now() - t) * 1e3);
    t = now();
    for (int i = 0; i < N; i++)
      tsend(c[i], "{\"@type\":\"close\"}");
    int m = 0;
    double dl = now() + 30;
    while (m < N && now() < dl) {
      const char *r = trecv(1);
      if (r && strstr(r, "authorizationStateClosed"))
        m++;
    }
    printf("{\"test\":\"close_all_parallel\",\"clients\":%d,\"closed\":%d,\"total_ms\":%.1f}\n", N, m,
           (now() - t) * 1e3);
    drain(0.5);
    mem("after_close_all", N);
    drain(59);
    mem("a_minute_after_close_all", N);
  } else if (!strcmp(w, "start")) {
    int n = N ? N : 10;
    double f[200], e[200], cf[200], ce[200];
    char d[300];
    for (int i = 0; i < n; i++) {
      sprintf(d, "%s_s%d", dir, i);
      int c = create_id();
      tsend(c, "{\"@type\":\"getAuthorizationState\",\"@extra\":1}");
      wait_for(c, "\"@extra\":1", 5);
      f[i] = init1(c, d);
      cf[i] = close1(c);
      drain(0.05);
    }
    for (int i = 0; i < n; i++) {
      sprintf(d, "%s_s%d", dir, i);
      int c = create_id();
      tsend(c, "{\"@type\":\"getAuthorizationState\",\"@extra\":1}");
      wait_for(c, "\"@extra\":1", 5);
      e[i] = init1(c, d);
      ce[i] = close1(c);
      drain(0.05);
    }
    stats("start_fresh_db", f, n);
    stats("close_after_fresh", cf, n);
    stats("start_existing_db", e, n);
    stats("close_after_existing", ce, n);
  }
  fflush(stdout);
  _exit(0);
}
