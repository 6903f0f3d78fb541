#define _GNU_SOURCE
#include "CVirtualTime.h"
#include <pthread.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

int vt_start_thread(const char *name, void *(*body)(void *), void *context) {
  pthread_t thread;
  int failure = pthread_create(&thread, NULL, body, context);
  if (failure) return failure;
  char shown[16];  // the kernel's limit
  snprintf(shown, sizeof shown, "%s", name);
  pthread_setname_np(thread, shown);
  pthread_detach(thread);
  return 0;
}

void vt_sharpen_timers(void) { prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0); }

pid_t vt_thread_id(void) { return gettid(); }

void vt_go_first(void) { setpriority(PRIO_PROCESS, 0, VT_NICE); }
