#pragma once
// Where the clock page and its code lie in every process under the clock: far from where the kernel, libc or Go put anything.
#define VT_CLOCK_ADDRESS 0x7e000000000
#define VT_CODE_ADDRESS 0x7e000010000
#define VT_PAGE 4096

// The entry points inside the code page, as offsets from its start.
struct vt_entries {
  long clock_gettime, gettimeofday, time, length;
};
struct vt_entries vt_code_entries(void);
