/**
 * Holds our schemas against the typings that @azure/eventgrid publishes, at compile time and at no cost at run
 * time: a member must exist there under this name, and whatever the typings allow for it our schema must read.
 * The reverse is not asked, because the typings are narrower than the wire: they call labels maps of strings,
 * and live labels are numbers and booleans too; they call nearly everything required, and documented examples
 * leave things out.
 */
import type { SystemEventNameToEventData } from '@azure/eventgrid';
import * as z from 'zod';

/**
 * As published, but for one name: the typings (5.12.0) lack the last letter of `…WorkerSelectorsExpired`, which is what
 * the service sends.
 */
interface PublishedEvents extends SystemEventNameToEventData {
  'Microsoft.Communication.RouterJobWorkerSelectorsExpired': SystemEventNameToEventData['Microsoft.Communication.RouterJobWorkerSelectorsExpire'];
}

type PublishedType = Exclude<keyof PublishedEvents, 'Microsoft.Communication.RouterJobWorkerSelectorsExpire'>;

/** The names of Router events that the package has typings for. */
type PublishedName = PublishedType extends infer Type
  ? Type extends `Microsoft.Communication.Router${infer Name}`
    ? Name
    : never
  : never;

type PublishedData<Name extends PublishedName> =
  `Microsoft.Communication.Router${Name}` extends infer Type extends PublishedType
    ? PublishedEvents[Type]
    : never;

type ReadsWhatIsPublished<Shape, Published> = {
  [Member in keyof Shape]: Member extends keyof Published
    ? Published[Member] extends z.input<Shape[Member]>
      ? Shape[Member]
      : never
    : never;
};

/** The data of the Router event `Name` as far as we read it; members we do not read are passed over. */
export const dataOf =
  <Name extends PublishedName>(_name: Name) =>
  <Shape extends z.core.$ZodLooseShape>(shape: Shape & ReadsWhatIsPublished<Shape, PublishedData<Name>>) =>
    z.object<Shape>(shape);
