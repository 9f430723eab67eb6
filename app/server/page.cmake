# cmake -DPAGE=page.html -DPOLICY=policy.txt -DOUT=page.cpp -P page.cmake: the page as C++ raw strings, for app/server/page.h.
file(READ ${PAGE} page)
file(READ ${POLICY} policy)
string(STRIP "${policy}" policy)
file(WRITE ${OUT} "#include \"app/server/page.h\"

namespace noema::app {

const std::string_view kPageText = R\"noema_page(${page})noema_page\";

const std::string_view kPagePolicy = R\"noema_page(${policy})noema_page\";

}  // namespace noema::app
")
