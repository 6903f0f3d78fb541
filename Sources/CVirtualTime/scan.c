#define _GNU_SOURCE
#include "CVirtualTime.h"
#include <dirent.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// One thread, its descriptors kept open: a pread formats the current state anew.
struct thread {
  pid_t tid;
  int syscall_fd, sched_fd, stat_fd;
  bool listed;
  uint64_t signature;       // of how often it was run, when last seen blocked; 0: it was busy
  int64_t seen_ns;          // when it was first seen in that wait
  int64_t not_before_ns;    // it cannot have begun to wait before then
  int64_t timeout_ns;       // -1: none
};

struct process {
  pid_t pid;
  bool own;
  int memory_fd, task_fd, capacity, count;
  struct thread *threads;
};

struct vt_scanner {
  struct process *processes;
  int count, capacity;
  struct process *last_busy_process;
  int last_busy_index;
  int64_t woken_ns;  // when the sleepers were last woken
  int packets_fd;
};

static bool grow(void **items, int *capacity, int count, size_t size) {
  if (count < *capacity) return true;
  int wanted = *capacity ? *capacity * 2 : 16;
  void *larger = realloc(*items, wanted * size);
  if (!larger) return false;
  *items = larger;
  *capacity = wanted;
  return true;
}

// --- which threads there are ---------------------------------------------------------------------------------------------------

static int open_of(pid_t pid, pid_t tid, const char *file) {
  char path[96];
  snprintf(path, sizeof path, "/proc/%d/task/%d/%s", pid, tid, file);
  return open(path, O_RDONLY | O_CLOEXEC);
}

static void close_thread(struct thread *thread) {
  if (thread->syscall_fd >= 0) close(thread->syscall_fd);
  if (thread->sched_fd >= 0) close(thread->sched_fd);
  if (thread->stat_fd >= 0) close(thread->stat_fd);
}

static bool add_thread(struct process *process, pid_t tid, int64_t now) {
  for (int i = 0; i < process->count; i++)
    if (process->threads[i].tid == tid) return process->threads[i].listed = true;
  if (!grow((void **)&process->threads, &process->capacity, process->count, sizeof(struct thread))) return false;
  process->threads[process->count++] = (struct thread){
      .tid = tid,
      .syscall_fd = open_of(process->pid, tid, "syscall"),
      .sched_fd = open_of(process->pid, tid, "schedstat"),
      .stat_fd = open_of(process->pid, tid, "stat"),
      .listed = true,
      .not_before_ns = now,
      .timeout_ns = -1,
  };
  return true;
}

static bool list_threads(struct process *process, int64_t now) {
  for (int i = 0; i < process->count; i++) process->threads[i].listed = false;
  int fd = openat(process->task_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
  if (!directory) {
    if (fd >= 0) close(fd);
    return false;
  }
  bool complete = true;
  for (struct dirent *entry; (entry = readdir(directory));) {
    pid_t tid = atoi(entry->d_name);
    if (tid && !add_thread(process, tid, now)) complete = false;
  }
  closedir(directory);
  int kept = 0;
  for (int i = 0; i < process->count; i++) {
    if (process->threads[i].listed)
      process->threads[kept++] = process->threads[i];
    else
      close_thread(&process->threads[i]);
  }
  process->count = kept;
  return complete;
}

// A task folder's link count is 2 and one for each thread: the cheapest way to see that the threads changed. -1: the process is gone.
static int threads_now(const struct process *process) {
  struct stat about;
  return fstat(process->task_fd, &about) == 0 && about.st_nlink > 2 ? (int)about.st_nlink - 2 : -1;
}

// --- what a thread waits for -----------------------------------------------------------------------------------------------------

enum wait { BUSY, BLOCKED, GONE };

static uint64_t mix(uint64_t hash, const char *bytes, long length) {
  for (long i = 0; i < length; i++) hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211ULL;
  return hash;
}

static int64_t timespec_at(const struct process *process, uint64_t address) {
  struct timespec span;
  if (!address || pread(process->memory_fd, &span, sizeof span, address) != sizeof span) return -1;
  return span.tv_sec * 1000000000LL + span.tv_nsec;
}

// The rules are rule 6 of docs/virtual-time.md: which system calls mean "at rest", and which of them show a deadline.
static enum wait classify(const struct process *process, long number, const uint64_t *arguments, int64_t *timeout) {
  *timeout = -1;
  switch (number) {
#ifdef SYS_epoll_wait
    case SYS_epoll_wait:
#endif
    case SYS_epoll_pwait:
      if ((int)arguments[3] == 0) return BUSY;
      if ((int)arguments[3] > 0) *timeout = (int)arguments[3] * 1000000LL;
      return BLOCKED;
    case SYS_futex: {
      // A thread of ours in a futex waits for a lock, and who holds it may be a thread that nobody watches.
      if (process->own) return BUSY;
      int operation = arguments[1] & FUTEX_CMD_MASK;
      if (operation == FUTEX_WAIT) *timeout = timespec_at(process, arguments[3]);
      return operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET ? BLOCKED : BUSY;
    }
    case SYS_nanosleep:        // Go's monitor thread polls with it, in real microseconds
    case SYS_clock_nanosleep:
    case SYS_rt_sigtimedwait:
    case SYS_wait4:
#ifdef SYS_poll
    case SYS_poll:
#endif
    case SYS_ppoll:
      return BLOCKED;
    default:
      return BUSY;
  }
}

static bool sleeps(const struct thread *thread) {
  char text[512];
  long length = pread(thread->stat_fd, text, sizeof text - 1, 0);
  if (length <= 0) return true;
  text[length] = 0;
  const char *state = strrchr(text, ')');
  return state && state[1] == ' ' && state[2] == 'S';
}

// Reads what the thread waits for, which is worth its price only where the thread has run since the last time.
static enum wait read_wait(struct process *process, struct thread *thread, uint64_t run_signature, int64_t now) {
  char text[256];
  long length = pread(thread->syscall_fd, text, sizeof text - 1, 0);
  if (length <= 0) return GONE;
  text[length] = 0;
  char *rest;
  long number = strtol(text, &rest, 10);
  if (rest == text || number < 0) return BUSY;  // "running", or blocked outside a system call
  uint64_t arguments[6];
  for (int i = 0; i < 6; i++) arguments[i] = strtoull(rest, &rest, 16);
  int64_t timeout;
  if (classify(process, number, arguments, &timeout) == BUSY) return BUSY;
  thread->signature = run_signature;
  thread->seen_ns = now;
  thread->timeout_ns = timeout;
  return BLOCKED;
}

static enum wait look_at(struct process *process, struct thread *thread, bool thorough, int64_t now) {
  char text[128];
  // How often the thread was run, read first: if it runs between this and the next read, the next look sees another count and reads again.
  long length = pread(thread->sched_fd, text, sizeof text, 0);
  if (length <= 0) return GONE;
  uint64_t run_signature = mix(1469598103934665603ULL, text, length);
  enum wait wait = run_signature == thread->signature ? BLOCKED : read_wait(process, thread, run_signature, now);
  if (wait == BLOCKED && thorough && !sleeps(thread)) wait = BUSY;
  if (wait == BUSY) {
    thread->signature = 0;
    thread->not_before_ns = now;
  }
  return wait;
}

// --- the scan ----------------------------------------------------------------------------------------------------------------------

static void busy(struct vt_scanner *scanner, struct process *process, int index, struct vt_scan *result) {
  scanner->last_busy_process = process;
  scanner->last_busy_index = index;
  result->idle = false;
  result->busy_pid = process->pid;
  result->busy_tid = index < process->count ? process->threads[index].tid : 0;
}

static void take_deadline(const struct vt_scanner *scanner, const struct thread *thread, int64_t now, struct vt_scan *result) {
  // The timeout counts from when the wait began, which lies between two moments that are known.
  int64_t latest = thread->timeout_ns - (now - thread->seen_ns);
  int64_t began = thread->not_before_ns > scanner->woken_ns ? thread->not_before_ns : scanner->woken_ns;
  int64_t earliest = thread->timeout_ns - (now - (began < thread->seen_ns ? began : thread->seen_ns));
  if (latest < 0) latest = 0;
  if (earliest < 0) earliest = 0;
  if (latest < result->nearest_ns) result->nearest_ns = latest;
  if (earliest < result->uncertain_ns) result->uncertain_ns = earliest;
}

static bool scan_process(struct vt_scanner *scanner, struct process *process, bool thorough, int64_t now, struct vt_scan *result) {
  if (!process->own) {
    int current = threads_now(process);
    if (current < 0) return true;  // ended: whoever waits for it will say so
    if (current != process->count && !list_threads(process, now)) return busy(scanner, process, 0, result), false;
  }
  bool has_deadline = process->own || process->count == 0;
  for (int i = 0; i < process->count; i++) {
    struct thread *thread = &process->threads[i];
    enum wait wait = look_at(process, thread, thorough, now);
    if (wait == GONE) {
      // One ended, and another may have begun: their number alone does not tell.
      if (!process->own) list_threads(process, now);
      return busy(scanner, process, 0, result), false;
    }
    if (wait == BUSY) return busy(scanner, process, i, result), false;
    result->signature = mix(result->signature, (const char *)&thread->signature, sizeof thread->signature);
    if (process->own || thread->timeout_ns < 0) continue;
    has_deadline = true;
    take_deadline(scanner, thread, now, result);
  }
  // A Go process at rest always shows a deadline, its poller's or its monitor's: without one it is in transition.
  if (!has_deadline) return busy(scanner, process, process->count, result), false;
  return true;
}

void vt_scanner_scan(struct vt_scanner *scanner, bool thorough, struct vt_scan *result) {
  int64_t now = vt_monotonic();
  *result = (struct vt_scan){.idle = true, .signature = 1469598103934665603ULL, .nearest_ns = INT64_MAX, .uncertain_ns = INT64_MAX};
  struct process *last = scanner->last_busy_process;
  scanner->last_busy_process = NULL;
  if (last && scanner->last_busy_index < last->count && look_at(last, &last->threads[scanner->last_busy_index], thorough, now) == BUSY) {
    busy(scanner, last, scanner->last_busy_index, result);
    return;
  }
  for (int i = 0; i < scanner->count; i++)
    if (!scan_process(scanner, &scanner->processes[i], thorough, now, result)) return;
}

void vt_scanner_wake_sleepers(struct vt_scanner *scanner) {
  scanner->woken_ns = vt_monotonic();
  for (int i = 0; i < scanner->count; i++) {
    struct process *process = &scanner->processes[i];
    if (process->own) continue;
    // Go takes SIGURG for its own preemption signal: harmless, and the wait ends with EINTR.
    for (int k = 0; k < process->count; k++)
      if (process->threads[k].timeout_ns >= 0) syscall(SYS_tgkill, process->pid, process->threads[k].tid, SIGURG);
  }
}

// --- who is watched ----------------------------------------------------------------------------------------------------------------

struct vt_scanner *vt_scanner_new(void) {
  struct vt_scanner *scanner = calloc(1, sizeof *scanner);
  if (scanner) scanner->packets_fd = open("/proc/net/softnet_stat", O_RDONLY | O_CLOEXEC);
  return scanner;
}

static void close_process(struct process *process) {
  for (int i = 0; i < process->count; i++) close_thread(&process->threads[i]);
  free(process->threads);
  if (process->memory_fd >= 0) close(process->memory_fd);
  if (process->task_fd >= 0) close(process->task_fd);
}

void vt_scanner_free(struct vt_scanner *scanner) {
  for (int i = 0; i < scanner->count; i++) close_process(&scanner->processes[i]);
  free(scanner->processes);
  if (scanner->packets_fd >= 0) close(scanner->packets_fd);
  free(scanner);
}

static struct process *add_process(struct vt_scanner *scanner, pid_t pid, bool own) {
  scanner->last_busy_process = NULL;  // growing moves the processes
  if (!grow((void **)&scanner->processes, &scanner->capacity, scanner->count, sizeof(struct process))) return NULL;
  struct process process = {.pid = pid, .own = own, .memory_fd = -1, .task_fd = -1};
  char path[64];
  if (!own) {
    snprintf(path, sizeof path, "/proc/%d/mem", pid);
    process.memory_fd = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    process.task_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (process.memory_fd < 0 || process.task_fd < 0) {
      close_process(&process);
      return NULL;
    }
  }
  scanner->processes[scanner->count] = process;
  return &scanner->processes[scanner->count++];
}

bool vt_scanner_add_child(struct vt_scanner *scanner, pid_t pid) { return add_process(scanner, pid, false) != NULL; }

bool vt_scanner_add_own_thread(struct vt_scanner *scanner, pid_t tid) {
  for (int i = 0; i < scanner->count; i++)
    if (scanner->processes[i].own) return add_thread(&scanner->processes[i], tid, vt_monotonic());
  struct process *self = add_process(scanner, getpid(), true);
  return self && add_thread(self, tid, vt_monotonic());
}

void vt_scanner_remove_child(struct vt_scanner *scanner, pid_t pid) {
  scanner->last_busy_process = NULL;
  for (int i = 0; i < scanner->count; i++) {
    if (scanner->processes[i].pid != pid || scanner->processes[i].own) continue;
    close_process(&scanner->processes[i]);
    memmove(&scanner->processes[i], &scanner->processes[i + 1], (scanner->count - i - 1) * sizeof(struct process));
    scanner->count--;
    return;
  }
}

// --- for people, and for the kernel's own queue --------------------------------------------------------------------------------------

static void name_of(const struct process *process, pid_t tid, char *name, int size) {
  int fd = open_of(process->pid, tid, "comm");
  long length = fd >= 0 ? read(fd, name, size - 1) : -1;
  if (fd >= 0) close(fd);
  name[length > 0 ? length - 1 : 0] = 0;
}

int vt_scanner_describe(struct vt_scanner *scanner, char *buffer, int size) {
  int used = 0;
  for (int i = 0; i < scanner->count; i++) {
    struct process *process = &scanner->processes[i];
    for (int k = 0; k < process->count && used < size - 1; k++) {
      char wait[256], name[32];
      long length = pread(process->threads[k].syscall_fd, wait, sizeof wait - 1, 0);
      wait[length > 0 ? length - (wait[length - 1] == '\n') : 0] = 0;
      name_of(process, process->threads[k].tid, name, sizeof name);
      int added = snprintf(buffer + used, size - used, "%s %d thread %d: system call %s\n", name, process->pid, process->threads[k].tid, wait);
      used += added < size - used ? added : size - used - 1;
    }
  }
  return used;
}

bool vt_scanner_packets_pending(const struct vt_scanner *scanner) {
  char text[16384];
  long length = scanner->packets_fd >= 0 ? pread(scanner->packets_fd, text, sizeof text - 1, 0) : -1;
  if (length <= 0) return false;
  text[length] = 0;
  // A line a processor; the twelfth figure is the length of its queue (Linux 5.10).
  for (char *line = text; *line;) {
    char *end = strchr(line, '\n');
    unsigned queued = 0;
    if (sscanf(line, "%*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %x", &queued) == 1 && queued) return true;
    if (!end) break;
    line = end + 1;
  }
  return false;
}
