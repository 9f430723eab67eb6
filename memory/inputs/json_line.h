#pragma once
// One JSON object a line, and its members with their places in messages.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/line_reader.h"
#include "memory/inputs/format.h"

namespace noema::memory {

/// A JSON object of a line. All members may be absent or null.
class JsonLine {
 public:
  /// Throws base::Error if the line is no JSON object; `example` shows what was expected.
  JsonLine(const base::LinePiece& piece, const InputPlace& place, const char* example);

  const nlohmann::json& object() const { return object_; }
  const std::string& where() const { return where_; }

  /// A text: a string, its line feeds made blanks. Throws base::Error for anything else.
  std::optional<std::string> text(const nlohmann::json& object, const char* key) const;
  /// What names or numbers something: a string, or a number as it is written. Throws base::Error for anything else.
  std::optional<std::string> name(const char* key) const;
  /// Seconds since 1970 (base/time.h). Throws base::Error for anything else.
  std::optional<double> time(const nlohmann::json& object, const char* key, const InputPlace& place) const;

  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string checked(std::string text, const char* key) const;

  std::string line_;
  std::string where_;
  nlohmann::json object_;
};

}  // namespace noema::memory
