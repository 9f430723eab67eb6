#include "app/results.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace noema::app {
namespace {

/// "a model" or "a life or another database" if the file is one, which no result may replace; otherwise "".
std::string precious(const std::filesystem::path& file) {
  constexpr std::string_view kDatabase("SQLite format 3\0", 16), kModel = "noema file\n";
  std::error_code code;
  if (!std::filesystem::is_regular_file(file, code)) return {};
  std::array<char, kDatabase.size()> begin{};
  std::ifstream in(file, std::ios::binary);
  in.read(begin.data(), begin.size());
  const std::string_view bytes(begin.data(), static_cast<std::size_t>(in.gcount()));
  if (bytes == kDatabase) return "a life or another database";
  return bytes.starts_with(kModel) ? "a model" : "";
}

}  // namespace

void require_result_file(const std::string& file) {
  base::require_writable(file);
  if (const std::string what = precious(file); !what.empty())
    throw base::Error(fmt::format("{}: is {}, which no result replaces; name another file", file, what));
}

}  // namespace noema::app
