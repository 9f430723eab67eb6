#pragma once
// What the tests of input formats share.

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "memory/inputs/format.h"

namespace noema::memory {

/// Reads lines with a format as a source of its own.
struct FormatProbe {
  explicit FormatProbe(const std::string& name) : format(make_input_format(name)) {
    place.source = "file.x";
    place.remark = [this](const std::string& text) { remarks.push_back(text); };
  }
  std::vector<Input> read(const std::string& line) {
    std::vector<Input> inputs;
    format->read({line, ++line_number, 0, true}, place, inputs);
    return inputs;
  }
  std::string error_of(const std::string& line) {
    try {
      read(line);
    } catch (const base::Error& error) {
      return error.what();
    }
    return "";
  }

  std::unique_ptr<InputFormat> format;
  InputPlace place;
  std::vector<std::string> remarks;
  std::uint64_t line_number = 0;
};

}  // namespace noema::memory
