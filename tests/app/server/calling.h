#pragma once
// Operations called as the servers call them.

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "app/server/operation.h"
#include "tests/app/knowing_life.h"
#include "tests/app/server/served.h"

namespace noema::tests {

inline nlohmann::json call(app::LiveMind& mind, const char* name,
                           const nlohmann::json& arguments = nlohmann::json::object()) {
  const app::Operation* operation = app::operation_named(name);
  REQUIRE(operation != nullptr);
  const auto result = operation->call(mind, checked(*operation, arguments), {});
  for (const std::string& key : operation->gives) CHECK(result.contains(key));
  return nlohmann::json::parse(result.dump());
}

/// All tests read the one knowing life, and a server writes to its own: here is a copy.
inline std::string knowing_life_copy() {
  static const Workplace work;
  const std::string copy = work.file("knowing.life");
  std::filesystem::copy_file(knowing_life(), copy, std::filesystem::copy_options::overwrite_existing);
  return copy;
}

}  // namespace noema::tests
