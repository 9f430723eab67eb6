#pragma once
// Plain text: one input a line.

#include <memory>

#include "memory/inputs/format.h"

namespace noema::memory {

std::unique_ptr<InputFormat> make_text_format();

}  // namespace noema::memory
