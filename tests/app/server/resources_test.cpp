#include "app/server/resources.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

struct Host {
  LifeOnDisk life;
  app::LiveMind mind{life.path, false};

  json read(const std::string& uri) {
    const json contents = json::parse(app::read_resource(mind, uri, {}).dump());
    REQUIRE(contents.size() == 1);
    CHECK(contents[0]["uri"] == uri);
    CHECK(contents[0]["mimeType"] == "application/json");
    return json::parse(contents[0]["text"].get<std::string>());
  }
  std::string text_of(const std::string& prompt, const json& arguments) {
    const json messages = json::parse(app::prompt(mind, prompt, arguments, {}).dump())["messages"];
    REQUIRE(messages.size() == 1);
    CHECK(messages[0]["role"] == "user");
    return messages[0]["content"]["text"];
  }
};

}  // namespace

TEST_CASE("every resource that is listed can be read") {
  Host host;
  std::set<std::string> uris;
  for (const auto& resource : app::resource_list()) {
    const std::string uri = resource["uri"];
    INFO(uri);
    CHECK(uris.insert(uri).second);
    CHECK(host.read(uri).is_object());
  }
  CHECK(uris.contains("noema://status"));
  CHECK(uris.contains("noema://rules"));
  for (const char* changing : {"noema://think", "noema://tell", "noema://forget", "noema://ask"})
    CHECK_FALSE(uris.contains(changing));
}

TEST_CASE("a template takes a label, percent-encoded or not") {
  Host host;
  std::set<std::string> templates;
  for (const auto& one : app::resource_templates()) templates.insert(one["uriTemplate"].get<std::string>());
  for (const char* wanted : {"noema://facts/{thing}", "noema://concept/{concept}", "noema://why/{concept}"})
    CHECK(templates.contains(wanted));
  CHECK(host.read("noema://concept/tax")["label"] == "tax");
  CHECK(host.read("noema://concept/t%61x")["label"] == "tax");
  CHECK(host.read("noema://neighbours/tax")["neighbours"].is_array());
}

TEST_CASE("an address that names nothing is refused, whatever it holds") {
  Host host;
  for (const char* uri : {"", "noema://", "noema://dream", "file:///etc/passwd", "noema://status/x", "noema://concept",
                          "noema://think", "noema://forget/1", "noema://concept/%"})
    CHECK_THROWS_AS(app::read_resource(host.mind, uri, {}), base::Error);
  CHECK_THROWS_AS(app::read_resource(host.mind, "noema://concept/%ff", {}), app::BadArguments);
}

TEST_CASE("a prompt holds what the life recalls, and tells the model to say what was never told") {
  Host host;
  memory::Input input;
  input.text = "Ann lives in Oslo";
  host.mind.tell({input});
  const auto before = host.mind.view().life().counts().episodes;
  const std::string text = host.text_of("answer_from_memory", {{"question", "where does Ann live ?"}});
  CHECK_THAT(text, Catch::Contains("where does Ann live ?"));
  CHECK_THAT(text, Catch::Contains("[181] Ann lives in Oslo"));
  CHECK_THAT(text, Catch::Contains("never told"));
  CHECK(host.mind.view().life().counts().episodes == before);  // the question is not stored
  CHECK_THAT(host.text_of("keep_conversation", {{"topic", "taxes"}}), Catch::Contains("taxes"));
}

TEST_CASE("an unknown prompt and a missing argument are refused") {
  Host host;
  CHECK_THROWS_WITH(app::prompt(host.mind, "dream", json::object(), {}), Catch::Contains("no prompt 'dream'"));
  CHECK_THROWS_WITH(app::prompt(host.mind, "what_is_known", json::object(), {}),
                    Catch::Contains("needs the text 'thing'"));
  CHECK_THROWS_AS(app::prompt(host.mind, "what_is_known", {{"thing", 5}}, {}), app::BadArguments);
  for (const auto& one : app::prompt_list()) CHECK(one["arguments"].size() == 1);
}

}  // namespace noema::tests
