#ifndef MEZZ_CLIBPQ_SHIM_H
#define MEZZ_CLIBPQ_SHIM_H

#include <libpq-fe.h>

#endif
