/* A disk that remembers and fails: preloaded into a process (LD_PRELOAD), it writes every change
 * made under PILOTAGE_DISK_ROOT to PILOTAGE_DISK_LOG, in the order the kernel saw them, and fails
 * the calls it is told to (disk_fail). disk_log.py reads the log; disk_image.py says what a power
 * cut may leave of it.
 *
 * A record: kind (1 byte), inode (u64), offset (i64), length (u32), second length (u32), then the
 * first text or data, then the second text. Kinds: C create, W write, S size, F sync, R rename,
 * U unlink, M mkdir, D rmdir.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int out = -1;
static const char *root;
static size_t root_length;

/* Faults: the calls of a kind that fail, counted from the arming. */
static char fail_kind;
static long fail_after, fail_times;
static int fail_errno;
static long seen_syncs, seen_writes;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("PILOTAGE_DISK_LOG");
    root = getenv("PILOTAGE_DISK_ROOT");
    if (!root) return;
    root_length = strlen(root);
    if (log) out = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Arm: from the n-th call of that kind (f: sync, w: write), `times` calls fail with `error`. */
void disk_fail(char kind, long n, long times, int error) {
    fail_kind = kind; fail_after = n; fail_times = times; fail_errno = error;
    seen_syncs = seen_writes = 0;
}
long disk_seen(char kind) { return kind == 'f' ? seen_syncs : seen_writes; }

static int must_fail(char kind) {
    long *seen = kind == 'f' ? &seen_syncs : &seen_writes;
    ++*seen;
    if (fail_kind != kind || *seen < fail_after || *seen >= fail_after + fail_times) return 0;
    errno = fail_errno;
    return 1;
}

static void put(const void *data, size_t length) {
    const char *at = data;
    while (length) {
        ssize_t n = REAL(write)(out, at, length);
        if (n <= 0) abort();
        at += n; length -= (size_t)n;
    }
}

static void tell(char kind, uint64_t inode, int64_t offset, const void *one, uint32_t first,
                 const void *two, uint32_t second) {
    if (out < 0) return;
    int kept = errno;
    char head[25];
    head[0] = kind;
    memcpy(head + 1, &inode, 8); memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &first, 4); memcpy(head + 21, &second, 4);
    put(head, sizeof head);
    if (first) put(one, first);
    if (second) put(two, second);
    errno = kept;
}

static int is_under(const char *path) {
    return root && strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || !path[root_length]);
}

/* The absolute path of what a call names: its folder resolved, its last part as given. */
static int absolute(int folder, const char *path, char *found) {
    if (path[0] == '/') snprintf(found, PATH_MAX, "%s", path);
    else if (folder == AT_FDCWD) {
        char here[PATH_MAX / 2];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(found, PATH_MAX, "%s/%s", here, path);
    } else {
        char link[64], base[PATH_MAX / 2];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t n = readlink(link, base, sizeof base - 1);
        if (n < 0) return 0;
        base[n] = 0;
        snprintf(found, PATH_MAX, "%s/%s", base, path);
    }
    return is_under(found);
}

/* The file behind a descriptor, when it lies under the root; its inode. */
static int behind(int fd, uint64_t *inode) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    struct stat st;
    if (!is_under(path) || fstat(fd, &st)) return 0;
    *inode = st.st_ino;
    return 1;
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    int (*openat_)(int, const char *, int, ...) = real("openat");
    char full[PATH_MAX];
    if (!root || !absolute(folder, path, full)) return openat_(folder, path, flags, mode);
    pthread_mutex_lock(&turn);
    struct stat st;
    int was_there = stat(full, &st) == 0;
    int fd = openat_(folder, path, flags, mode);
    if (fd >= 0 && fstat(fd, &st) == 0) {
        if (!was_there && (flags & O_CREAT)) tell('C', st.st_ino, 0, full, strlen(full), 0, 0);
        else if (flags & O_TRUNC) tell('S', st.st_ino, 0, 0, 0, 0, 0);
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

/* stdio opens below our feet; what is written through it is caught by its name. */
FILE *fopen(const char *path, const char *how) {
    char full[PATH_MAX];
    if (root && absolute(AT_FDCWD, path, full) && how[0] != 'r') {
        int fd = opened(AT_FDCWD, path, O_WRONLY | O_CREAT | (how[0] == 'a' ? O_APPEND : O_TRUNC), 0666);
        return fd < 0 ? NULL : fdopen(fd, how);
    }
    return REAL(fopen)(path, how);
}

static ssize_t written(int fd, const void *data, size_t length, off_t offset, int is_at) {
    ssize_t (*pwrite_)(int, const void *, size_t, off_t) = real("pwrite64");
    uint64_t inode;
    if (!root || fd == out || !behind(fd, &inode))
        return is_at ? pwrite_(fd, data, length, offset) : REAL(write)(fd, data, length);
    pthread_mutex_lock(&turn);
    ssize_t n = -1;
    if (!must_fail('w')) {
        struct stat st;
        if (!is_at) {
            int flags = fcntl(fd, F_GETFL);
            fstat(fd, &st);
            offset = (flags & O_APPEND) ? st.st_size : lseek(fd, 0, SEEK_CUR);
        }
        n = is_at ? pwrite_(fd, data, length, offset) : REAL(write)(fd, data, length);
        if (n > 0) tell('W', inode, offset, data, (uint32_t)n, 0, 0);
    }
    pthread_mutex_unlock(&turn);
    return n;
}
ssize_t write(int fd, const void *data, size_t length) { return written(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return written(fd, data, length, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return written(fd, data, length, at, 1); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
    uint64_t inode;
    if (!root || fd == out || !behind(fd, &inode)) return REAL(writev)(fd, parts, count);
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        ssize_t n = written(fd, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (n < 0) return total ? total : -1;
        total += n;
        if ((size_t)n < parts[i].iov_len) break;
    }
    return total;
}

static int sized(int fd, off_t length) {
    int (*ftruncate_)(int, off_t) = real("ftruncate64");
    uint64_t inode;
    if (!root || !behind(fd, &inode)) return ftruncate_(fd, length);
    pthread_mutex_lock(&turn);
    /* Cutting a file short needs no room. Where it fails all the same, DuckDB throws while it undoes
     * a transaction and the process ends: as after a kill, its next start mends the home. */
    struct stat st;
    int grows = fstat(fd, &st) == 0 && length > st.st_size;
    int done = grows && must_fail('w') ? -1 : ftruncate_(fd, length);
    if (!done) tell('S', inode, length, 0, 0, 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int ftruncate(int fd, off_t length) { return sized(fd, length); }
int ftruncate64(int fd, off64_t length) { return sized(fd, length); }
static int reserved(int fd, off_t end) {
    struct stat st;
    if (fstat(fd, &st) || st.st_size >= end) return 0;
    return sized(fd, end);
}
int posix_fallocate(int fd, off_t offset, off_t length) { return reserved(fd, offset + length) ? errno : 0; }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return reserved(fd, offset + length) ? errno : 0; }
int fallocate(int fd, int how, off_t offset, off_t length) {
    uint64_t inode;
    if (!root || !behind(fd, &inode)) return REAL(fallocate)(fd, how, offset, length);
    if (how) { errno = EOPNOTSUPP; return -1; }
    return reserved(fd, offset + length);
}

static int synced(int fd, const char *name) {
    int (*sync_)(int) = real(name);
    uint64_t inode;
    if (!root || !behind(fd, &inode)) return sync_(fd);
    pthread_mutex_lock(&turn);
    int done = must_fail('f') ? -1 : 0;  /* the model decides what a cut keeps: no need to wait */
    if (!done) {
        char link[64], path[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t n = readlink(link, path, sizeof path - 1);
        tell('F', inode, 0, path, n > 0 ? (uint32_t)n : 0, 0, 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
int fsync(int fd) { return synced(fd, "fsync"); }
int fdatasync(int fd) { return synced(fd, "fdatasync"); }

static int renamed(int from, const char *old, int to, const char *new_) {
    int (*renameat_)(int, const char *, int, const char *) = real("renameat");
    char one[PATH_MAX], two[PATH_MAX];
    int is_ours = root && (absolute(from, old, one) & absolute(to, new_, two));
    if (!is_ours) return renameat_(from, old, to, new_);
    pthread_mutex_lock(&turn);
    int done = renameat_(from, old, to, new_);
    if (!done) tell('R', 0, 0, one, strlen(one), two, strlen(two));
    pthread_mutex_unlock(&turn);
    return done;
}
int rename(const char *old, const char *new_) { return renamed(AT_FDCWD, old, AT_FDCWD, new_); }
int renameat(int from, const char *old, int to, const char *new_) { return renamed(from, old, to, new_); }

static int removed(int folder, const char *path, int flags) {
    int (*unlinkat_)(int, const char *, int) = real("unlinkat");
    char full[PATH_MAX];
    if (!root || !absolute(folder, path, full)) return unlinkat_(folder, path, flags);
    pthread_mutex_lock(&turn);
    int done = unlinkat_(folder, path, flags);
    if (!done) tell((flags & AT_REMOVEDIR) ? 'D' : 'U', 0, 0, full, strlen(full), 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int remove(const char *path) {
    struct stat st;
    int is_folder = lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
    return removed(AT_FDCWD, path, is_folder ? AT_REMOVEDIR : 0);
}
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }
int rmdir(const char *path) { return removed(AT_FDCWD, path, AT_REMOVEDIR); }

static int made(int folder, const char *path, mode_t mode) {
    int (*mkdirat_)(int, const char *, mode_t) = real("mkdirat");
    char full[PATH_MAX];
    if (!root || !absolute(folder, path, full)) return mkdirat_(folder, path, mode);
    pthread_mutex_lock(&turn);
    int done = mkdirat_(folder, path, mode);
    if (!done) tell('M', 0, 0, full, strlen(full), 0, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char *path, mode_t mode) { return made(folder, path, mode); }
