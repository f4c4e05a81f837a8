/** A consumer on the module path: needs nothing but what the library requires transitively. */
module com.example.consumer {
  requires io.github.clouddriver;

  opens com.example.consumer to
      com.fasterxml.jackson.databind;
}
