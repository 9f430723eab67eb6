#pragma once
// JSON lines: one object with "text" a line, and what else is known of the input.

#include <memory>

#include "memory/inputs/format.h"

namespace noema::memory {

std::unique_ptr<InputFormat> make_jsonl_format();

}  // namespace noema::memory
