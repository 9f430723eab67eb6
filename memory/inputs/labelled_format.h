#pragma once
// Labelled text: label<TAB>text a line.

#include <memory>

#include "memory/inputs/format.h"

namespace noema::memory {

std::unique_ptr<InputFormat> make_labelled_format();

}  // namespace noema::memory
