#ifndef MEZZ_CEBUR128_SHIM_H
#define MEZZ_CEBUR128_SHIM_H

#include <ebur128.h>

#endif
