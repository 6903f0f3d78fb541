#define _GNU_SOURCE
#include "CVirtualTime.h"
#include "clock_page.h"
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

// Where the child finds the two memory files after exec: high, so that it cannot meet a descriptor that the program was given.
enum { CHILD_PAGE_FD = 900, CHILD_CODE_FD = 901 };

static bool fail(struct vt_failure *failure, const char *what) {
  failure->code = errno;
  snprintf(failure->what, sizeof failure->what, "%s", what);
  return false;
}

// --- in the child, between fork and exec: async-signal-safe calls only ------------------------------------------------------------

// A host name of its own keeps Prometheus' scrape offsets, which hash it, the same everywhere; a hosts file of its own keeps it from asking the
// machine's name servers for that name. Both are best effort: without the right to make namespaces the run only loses repeatability across machines.
static void enter_namespaces(const struct vt_command *command) {
  if (!command->host_name) return;
  int wanted = CLONE_NEWUTS | (command->hosts_file ? CLONE_NEWNS : 0);
  if (unshare(wanted) != 0 && unshare(wanted | CLONE_NEWUSER) != 0) return;
  if (sethostname(command->host_name, strlen(command->host_name)) != 0) return;
  if (!command->hosts_file) return;
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) return;
  if (mount(command->hosts_file, "/etc/hosts", NULL, MS_BIND, NULL) != 0) return;
}

static void report_and_exit(int report_fd) {
  int code = errno;
  if (write(report_fd, &code, sizeof code) < 0) _exit(126);
  _exit(127);
}

static void run_child(const struct vt_command *command, int report_fd, pid_t parent) {
  setsid();  // so that Ctrl-C on the terminal reaches Firedrill alone
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (getppid() != parent) _exit(126);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  vt_go_first();
  int null_fd = open("/dev/null", O_RDONLY);
  if (null_fd < 0 || dup2(null_fd, 0) < 0 || dup2(command->output_fd, 1) < 0 || dup2(command->output_fd, 2) < 0) report_and_exit(report_fd);
  if (command->directory && chdir(command->directory) != 0) report_and_exit(report_fd);
  enter_namespaces(command);
  if (command->clock) {
    prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);  // inherited over exec; sharpens Go's short sleeps
    if (dup2(command->clock->page_fd, CHILD_PAGE_FD) < 0 || dup2(command->clock->code_fd, CHILD_CODE_FD) < 0) report_and_exit(report_fd);
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) report_and_exit(report_fd);
  }
  execve(command->path, command->argv, command->envp);
  report_and_exit(report_fd);
}

// --- at the exec stop: nothing of the program has run ------------------------------------------------------------------------------

#if defined(__x86_64__)
struct stopped {
  pid_t pid;
  int memory_fd;
  struct user_regs_struct registers;
  uint64_t vdso, syscall_at;
  uint8_t image[16384];
  long image_length;
};

static bool find_vdso(struct stopped *child, struct vt_failure *failure) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/auxv", child->pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(failure, "reading the auxiliary vector");
  Elf64_auxv_t entries[64];
  long count = read(fd, entries, sizeof entries) / (long)sizeof *entries;
  close(fd);
  for (long i = 0; i < count; i++)
    if (entries[i].a_type == AT_SYSINFO_EHDR) child->vdso = entries[i].a_un.a_val;
  errno = 0;
  if (!child->vdso) return fail(failure, "finding the vDSO (a kernel with vdso=0?)");
  for (child->image_length = sizeof child->image; child->image_length >= VT_PAGE; child->image_length -= VT_PAGE)
    if (pread(child->memory_fd, child->image, child->image_length, child->vdso) == child->image_length) break;
  for (long i = 0; i + 1 < child->image_length; i++)
    if (child->image[i] == 0x0f && child->image[i + 1] == 0x05) {
      child->syscall_at = child->vdso + i;
      return true;
    }
  return fail(failure, "finding a system call instruction in the vDSO");
}

// Runs one system call inside the child by stepping over the vDSO's own instruction.
static long call_inside(struct stopped *child, long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f) {
  struct user_regs_struct registers = child->registers;
  registers.rip = child->syscall_at;
  registers.rax = number;
  registers.orig_rax = -1;
  registers.rdi = a, registers.rsi = b, registers.rdx = c, registers.r10 = d, registers.r8 = e, registers.r9 = f;
  int status;
  if (ptrace(PTRACE_SETREGS, child->pid, 0, &registers) != 0) return -errno;
  if (ptrace(PTRACE_SINGLESTEP, child->pid, 0, 0) != 0) return -errno;
  if (waitpid(child->pid, &status, __WALL) < 0) return -errno;
  if (!WIFSTOPPED(status)) return -ESRCH;
  if (ptrace(PTRACE_GETREGS, child->pid, 0, &registers) != 0) return -errno;
  return registers.rax;
}

static bool map_page(struct stopped *child, int fd, uint64_t address, int protection, int sharing, struct vt_failure *failure) {
  long mapped = call_inside(child, SYS_mmap, address, VT_PAGE, protection, sharing | MAP_FIXED_NOREPLACE, fd, 0);
  if (mapped != (long)address) {
    errno = mapped < 0 ? -mapped : EEXIST;
    return fail(failure, "mapping the clock into the process");
  }
  call_inside(child, SYS_close, fd, 0, 0, 0, 0, 0);
  return true;
}

static bool replace_function(struct stopped *child, uint64_t at, long entry) {
  uint8_t jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};  // movabs rax, target; jmp rax
  uint64_t target = VT_CODE_ADDRESS + entry;
  memcpy(jump + 2, &target, sizeof target);
  return pwrite(child->memory_fd, jump, sizeof jump, at) == sizeof jump;
}

// The dynamic symbols by section header, which every vDSO has; DT_HASH, which holds their count, is gone from some kernels.
static bool patch_vdso(struct stopped *child, struct vt_failure *failure) {
  const Elf64_Ehdr *header = (const void *)child->image;
  const Elf64_Shdr *sections = (const void *)(child->image + header->e_shoff);
  struct vt_entries entries = vt_code_entries();
  int patched = 0;
  errno = 0;
  if (header->e_shoff + header->e_shnum * sizeof *sections > (uint64_t)child->image_length) return fail(failure, "reading the vDSO's sections");
  for (int s = 0; s < header->e_shnum; s++) {
    if (sections[s].sh_type != SHT_DYNSYM) continue;
    const Elf64_Sym *symbols = (const void *)(child->image + sections[s].sh_offset);
    const char *names = (const char *)child->image + sections[sections[s].sh_link].sh_offset;
    for (uint64_t i = 0; i < sections[s].sh_size / sizeof *symbols; i++) {
      const char *name = names + symbols[i].st_name;
      long entry = !strcmp(name, "__vdso_clock_gettime")  ? entries.clock_gettime
                   : !strcmp(name, "__vdso_gettimeofday") ? entries.gettimeofday
                   : !strcmp(name, "__vdso_time")         ? entries.time
                                                          : -1;
      if (entry < 0) continue;
      if (!replace_function(child, child->vdso + symbols[i].st_value, entry)) return fail(failure, "writing into the vDSO");
      patched++;
    }
  }
  return patched >= 2 ? true : fail(failure, "finding the clock functions in the vDSO");
}

static bool put_under_clock(pid_t pid, struct vt_failure *failure) {
  static struct stopped child;  // 16 KiB, and only the one spawning thread ever comes here
  child = (struct stopped){.pid = pid};
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  child.memory_fd = open(path, O_RDWR | O_CLOEXEC);
  if (child.memory_fd < 0) return fail(failure, "opening the process's memory");
  bool done = find_vdso(&child, failure) && (ptrace(PTRACE_GETREGS, pid, 0, &child.registers) == 0 || fail(failure, "reading registers")) &&
              map_page(&child, CHILD_PAGE_FD, VT_CLOCK_ADDRESS, PROT_READ, MAP_SHARED, failure) &&
              map_page(&child, CHILD_CODE_FD, VT_CODE_ADDRESS, PROT_READ | PROT_EXEC, MAP_PRIVATE, failure) && patch_vdso(&child, failure) &&
              (ptrace(PTRACE_SETREGS, pid, 0, &child.registers) == 0 || fail(failure, "restoring registers"));
  close(child.memory_fd);
  return done;
}
#else
static bool put_under_clock(pid_t pid, struct vt_failure *failure) {
  errno = ENOSYS;
  return fail(failure, "virtual time is written for x86-64 only");
}
#endif

// --- in the parent -----------------------------------------------------------------------------------------------------------------

static bool wait_for_exec(pid_t pid, int report_fd, bool traced, struct vt_failure *failure) {
  int code, status;
  if (traced && waitpid(pid, &status, __WALL) == pid && WIFSTOPPED(status)) {
    if (WSTOPSIG(status) == SIGTRAP) return true;
    errno = 0;
    return fail(failure, "waiting for the program's first instruction");
  }
  // The pipe closes at exec: reading nothing means that the program runs.
  if (read(report_fd, &code, sizeof code) == sizeof code) {
    errno = code;
    return fail(failure, "starting the program");
  }
  if (!traced) return true;
  errno = 0;
  return fail(failure, "the process ended before its program began");
}

pid_t vt_spawn(const struct vt_command *command, struct vt_failure *failure) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return fail(failure, "making a pipe"), -1;
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) run_child(command, report[1], parent);
  close(report[1]);
  if (pid < 0) {
    fail(failure, "forking");
    close(report[0]);
    return -1;
  }
  bool traced = command->clock != NULL;
  bool started = wait_for_exec(pid, report[0], traced, failure);
  close(report[0]);
  if (started && traced) {
    started = put_under_clock(pid, failure) && (ptrace(PTRACE_DETACH, pid, 0, 0) == 0 || fail(failure, "letting the process go"));
  }
  if (!started) {
    kill(pid, SIGKILL);
    waitpid(pid, NULL, __WALL);
    return -1;
  }
  return pid;
}

void vt_wait_for_end(pid_t pid) {
  siginfo_t info;
  while (waitid(P_PID, pid, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
}

int vt_reap(pid_t pid) {
  int status;
  while (waitpid(pid, &status, __WALL) < 0)
    if (errno != EINTR) return -1;
  return status;
}
