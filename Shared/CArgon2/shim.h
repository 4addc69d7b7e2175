#ifndef SOUK_CARGON2_SHIM_H
#define SOUK_CARGON2_SHIM_H

#include <argon2.h>

#endif
