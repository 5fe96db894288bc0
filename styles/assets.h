/* Stylesheets, themes and fonts that are built into the program. */
#ifndef FC_STYLES_ASSETS_H
#define FC_STYLES_ASSETS_H

#include "runtime/base/str.h"

/* The bytes of styles/<path>, with a NUL behind them; empty when there is none. Borrowed. */
fc_str fc_asset(const char *path);

#endif
