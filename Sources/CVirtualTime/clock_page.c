#define _GNU_SOURCE
#include "clock_page.h"
#include "CVirtualTime.h"
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#if defined(__x86_64__)
// Replaces the vDSO's functions. Both clocks are made from CLOCK_MONOTONIC, so a machine whose wall clock is stepped leaves the run alone.
// Position-independent: it is copied to VT_CODE_ADDRESS of each process. 228 is clock_gettime.
#define TEXT(x) #x
#define VALUE(x) TEXT(x)
__asm__(
    ".pushsection .rodata\n"
    "vt_code_begin:\n"
    "vt_clock_gettime_entry:\n"           // edi = clock id, rsi = timespec
    "  cmp $11, %edi\n"                   // CPU-time clocks are negative or 2, 3: the kernel's own
    "  ja 5f\n"
    "  mov $0x821, %ecx\n"                // REALTIME 0, REALTIME_COARSE 5, TAI 11
    "  bt %edi, %ecx\n"
    "  jc 1f\n"
    "  mov $0xd2, %ecx\n"                 // MONOTONIC 1, RAW 4, MONOTONIC_COARSE 6, BOOTTIME 7
    "  bt %edi, %ecx\n"
    "  jc 2f\n"
    "5: mov $228, %eax\n"
    "  syscall\n"
    "  ret\n"
    "1: movabs $(" VALUE(VT_CLOCK_ADDRESS) " + 8), %r8\n"
    "  jmp 3f\n"
    "2: movabs $" VALUE(VT_CLOCK_ADDRESS) ", %r8\n"
    "3: mov $1, %edi\n"
    "  mov $228, %eax\n"
    "  syscall\n"
    "  test %rax, %rax\n"
    "  jnz 4f\n"
    "  imul $1000000000, 0(%rsi), %rax\n"
    "  add 8(%rsi), %rax\n"
    "  add (%r8), %rax\n"
    "  xor %edx, %edx\n"
    "  mov $1000000000, %ecx\n"
    "  div %rcx\n"
    "  mov %rax, 0(%rsi)\n"
    "  mov %rdx, 8(%rsi)\n"
    "  xor %eax, %eax\n"
    "4: ret\n"
    "vt_gettimeofday_entry:\n"            // rdi = timeval or 0; the time zone is obsolete and left alone
    "  test %rdi, %rdi\n"
    "  jz 6f\n"
    "  push %rdi\n"
    "  sub $16, %rsp\n"
    "  mov %rsp, %rsi\n"
    "  xor %edi, %edi\n"
    "  call vt_clock_gettime_entry\n"
    "  mov 0(%rsp), %r8\n"
    "  mov 8(%rsp), %rax\n"
    "  add $16, %rsp\n"
    "  pop %rdi\n"
    "  mov %r8, 0(%rdi)\n"
    "  xor %edx, %edx\n"
    "  mov $1000, %ecx\n"
    "  div %rcx\n"
    "  mov %rax, 8(%rdi)\n"
    "6: xor %eax, %eax\n"
    "  ret\n"
    "vt_time_entry:\n"                    // rdi = time_t or 0
    "  push %rdi\n"
    "  sub $16, %rsp\n"
    "  mov %rsp, %rsi\n"
    "  xor %edi, %edi\n"
    "  call vt_clock_gettime_entry\n"
    "  mov 0(%rsp), %rax\n"
    "  add $16, %rsp\n"
    "  pop %rdi\n"
    "  test %rdi, %rdi\n"
    "  jz 7f\n"
    "  mov %rax, (%rdi)\n"
    "7: ret\n"
    "vt_code_end:\n"
    ".popsection\n");

extern const char vt_code_begin[], vt_clock_gettime_entry[], vt_gettimeofday_entry[], vt_time_entry[], vt_code_end[];

struct vt_entries vt_code_entries(void) {
  return (struct vt_entries){
      .clock_gettime = vt_clock_gettime_entry - vt_code_begin,
      .gettimeofday = vt_gettimeofday_entry - vt_code_begin,
      .time = vt_time_entry - vt_code_begin,
      .length = vt_code_end - vt_code_begin,
  };
}
#else
static const char vt_code_begin[1];
struct vt_entries vt_code_entries(void) { return (struct vt_entries){0}; }
#endif

static int memory_file(const char *name) {
  int fd = memfd_create(name, MFD_CLOEXEC);
  if (fd >= 0 && ftruncate(fd, VT_PAGE) != 0) {
    close(fd);
    return -1;
  }
  return fd;
}

int vt_clock_open(struct vt_clock *clock) {
  *clock = (struct vt_clock){.page = NULL, .page_fd = memory_file("firedrill-clock"), .code_fd = memory_file("firedrill-code")};
  long length = vt_code_entries().length;
  if (clock->page_fd >= 0 && clock->code_fd >= 0 && pwrite(clock->code_fd, vt_code_begin, length, 0) == length) {
    void *page = mmap(NULL, VT_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, clock->page_fd, 0);
    if (page != MAP_FAILED) {
      clock->page = page;
      return 0;
    }
  }
  int code = errno ? errno : EIO;
  vt_clock_close(clock);
  return code;
}

void vt_clock_close(struct vt_clock *clock) {
  if (clock->page) munmap(clock->page, VT_PAGE);
  if (clock->page_fd >= 0) close(clock->page_fd);
  if (clock->code_fd >= 0) close(clock->code_fd);
  *clock = (struct vt_clock){.page = NULL, .page_fd = -1, .code_fd = -1};
}

void vt_clock_advance(struct vt_clock *clock, int64_t ns) {
  __atomic_fetch_add(&clock->page->wall_offset, ns, __ATOMIC_SEQ_CST);
  __atomic_fetch_add(&clock->page->monotonic_offset, ns, __ATOMIC_SEQ_CST);
}

int64_t vt_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int64_t vt_clock_monotonic(const struct vt_clock *clock) {
  int64_t now = vt_monotonic();
  return now + __atomic_load_n(&clock->page->monotonic_offset, __ATOMIC_SEQ_CST);
}
