/* Stylesheets, themes and fonts that are built into the program. */
#ifndef FC_STYLES_ASSETS_H
#define FC_STYLES_ASSETS_H

#include "runtime/base/str.h"

/* The bytes of styles/<path>, with a NUL behind them; empty when there is none. Borrowed. */
fc_str fc_asset(const char *path);

/* The paths there are, in their order: i counts up from 0; NULL when there is none more. */
const char *fc_asset_path(size_t i);

#endif
