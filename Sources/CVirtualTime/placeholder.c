#include "CVirtualTime.h"
void firedrill_placeholder(void) {}
