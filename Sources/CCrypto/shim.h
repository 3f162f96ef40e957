#ifndef MEZZ_CCRYPTO_SHIM_H
#define MEZZ_CCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
