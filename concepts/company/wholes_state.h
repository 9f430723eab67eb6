#pragma once
// Wholes as bytes, and back.

#include <string>
#include <string_view>

#include "concepts/company/wholes.h"

namespace noema::concepts::company {

/// About 25 bytes a unit and 20 a whole.
std::string save(const Wholes& wholes);
/// Throws base::Error if the bytes are not what save() makes.
Wholes load_wholes(std::string_view bytes);

}  // namespace noema::concepts::company
