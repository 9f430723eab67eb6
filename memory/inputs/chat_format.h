#pragma once
// Chat logs: {"role", "content"} a line, all of one conversation, or {"messages": [...]}, one conversation a line.

#include <memory>

#include "memory/inputs/format.h"

namespace noema::memory {

std::unique_ptr<InputFormat> make_chat_format();

}  // namespace noema::memory
