// What Swift cannot do of virtual time: fork and ptrace, naked assembly, and a scan cheap enough to run a thousand times a second.
// The design, and the reason for each rule, is docs/virtual-time.md.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

// --- the clock page ------------------------------------------------------------------------------------------------------------

/// What a process under the clock adds to the machine's CLOCK_MONOTONIC, in ns. Each reader loads one word, so it can never see half a jump.
struct vt_clock_page {
  int64_t monotonic_offset;
  int64_t wall_offset;
};

/// A clock page shared by memory file, and the code that reads it. Both descriptors are close-on-exec.
struct vt_clock {
  struct vt_clock_page *page;
  int page_fd;
  int code_fd;
};

/// Returns 0, or an errno.
int vt_clock_open(struct vt_clock *clock);
void vt_clock_close(struct vt_clock *clock);
/// Moves both offsets on by `ns`, which must not be negative.
void vt_clock_advance(struct vt_clock *clock, int64_t ns);
/// The machine's CLOCK_MONOTONIC in ns.
int64_t vt_monotonic(void);
/// CLOCK_MONOTONIC as the processes under the clock see it, in ns.
int64_t vt_clock_monotonic(const struct vt_clock *clock);

// --- threads -------------------------------------------------------------------------------------------------------------------

/// Starts a detached thread; returns 0, or an errno.
int vt_start_thread(const char *name, void *(*body)(void *), void *context);
/// Makes the calling thread's short sleeps as short as they say.
void vt_sharpen_timers(void);
/// The nice value of whatever a jump waits for.
#define VT_NICE -10
/// Puts the calling thread, and what it starts from then on, before other work of the machine, where that is allowed: virtual time runs at real
/// speed while one of them waits for a processor.
void vt_go_first(void);
/// The kernel's number of the calling thread.
pid_t vt_thread_id(void);

// --- starting a process --------------------------------------------------------------------------------------------------------

struct vt_command {
  const char *path;
  char *const *argv;
  char *const *envp;
  const char *directory;
  const char *host_name;   // NULL: the machine's
  const char *hosts_file;  // NULL: the machine's /etc/hosts
  int output_fd;           // becomes standard output and error
  const struct vt_clock *clock;  // NULL: real time
};

struct vt_failure {
  int code;          // errno, 0 where none applies
  char what[160];    // what was being done
};

/// Starts a process whose parent-death signal and tracer are the calling thread, which must outlive it. Returns its pid, or -1.
pid_t vt_spawn(const struct vt_command *command, struct vt_failure *failure);

/// Waits until `pid` has ended, and leaves it to be reaped, so that its number cannot have a new owner meanwhile.
void vt_wait_for_end(pid_t pid);
/// Reaps a process that has ended; returns its wait status, or -1.
int vt_reap(pid_t pid);

// --- watching threads ----------------------------------------------------------------------------------------------------------

struct vt_scanner;

struct vt_scan {
  bool idle;
  uint64_t signature;     // of how often every thread was run: unless it changed, each still waits for the same
  int64_t nearest_ns;     // the earliest deadline as far as is known, from now; INT64_MAX: none
  int64_t uncertain_ns;   // the earliest that a deadline could be, given when its thread may have begun to wait
  pid_t busy_pid, busy_tid;
};

struct vt_scanner *vt_scanner_new(void);
void vt_scanner_free(struct vt_scanner *scanner);
/// Watches all threads of a child, which must show a deadline to be at rest. False: it is gone, or there is no memory.
bool vt_scanner_add_child(struct vt_scanner *scanner, pid_t pid);
void vt_scanner_remove_child(struct vt_scanner *scanner, pid_t pid);
/// Watches one thread of this process; it needs no deadline and is never signalled.
bool vt_scanner_add_own_thread(struct vt_scanner *scanner, pid_t tid);
/// Looks at the thread that was busy last, then at all. `thorough` also asks for state S, which a thread that is being woken has not.
void vt_scanner_scan(struct vt_scanner *scanner, bool thorough, struct vt_scan *result);
/// Makes every thread that showed a deadline in the last scan ask the clock again.
void vt_scanner_wake_sleepers(struct vt_scanner *scanner);
/// A line a thread: process, thread, name, what it waits for. Returns the length; never more than `size` - 1.
int vt_scanner_describe(struct vt_scanner *scanner, char *buffer, int size);
/// Whether packets wait in the kernel's receive queue: nobody shows them, and they will wake somebody.
bool vt_scanner_packets_pending(const struct vt_scanner *scanner);
